"""The plan in Pyomo, solved by HiGHS (`highs`) or GLPK (`glpk`)."""

import sys

import numpy as np
import pyomo.environ as pyo
from pyomo.core.expr.numeric_expr import LinearExpression

from planmodel import Plan


class Model:
    """Pyomo's model of a plan; sums are built as `LinearExpression`, its quickest way."""

    def __init__(self, plan):
        self.plan = plan
        self.model = pyo.ConcreteModel()
        self.model.rows = pyo.ConstraintList()
        n, years = plan.regions, plan.years
        self.shapes = {
            "build": (n, len(plan.technologies), years), "adoption": (n, len(plan.steps), years),
            "enrol": (n, years), "served": (n, years), "trading": (n, years)}
        self.variables = {family: self._add(family, shape) for family, shape in self.shapes.items()}
        for index in np.argwhere(~np.broadcast_to(plan.buildable, self.shapes["build"])):
            self.variables["build"][tuple(index)].fix(0)
        for r in range(n):
            for t in range(years):
                self.variables["served"][r, t].setub(plan.potential[r])

    def _add(self, family, shape):
        variable = pyo.Var(*(range(length) for length in shape), domain=pyo.NonNegativeReals)
        self.model.add_component(family, variable)
        array = np.empty(shape, object)
        array.ravel()[:] = list(variable.values())
        return array

    def add_row(self, coefficients, variables, lower, upper):
        self.model.rows.add((lower, LinearExpression(linear_coefs=coefficients, linear_vars=variables), upper))

    def total(self, expression):
        """Coefficients and variables of one expression over all regions and years."""
        coefficients, variables = [], []
        for family, part in expression.parts().items():
            held = np.broadcast_to(part, self.shapes[family]) != 0
            coefficients += np.broadcast_to(part, self.shapes[family])[held].tolist()
            variables += self.variables[family][held].tolist()
        return coefficients, variables

    def values(self, family):
        read = np.frompyfunc(lambda variable: variable.value, 1, 1)
        return read(self.variables[family]).astype(float)


def add_regions(model):
    plan, v, years = model.plan, model.variables, range(model.plan.years)
    usable = [
        [(k, before, -plan.max_utilization) for k in range(len(plan.technologies)) for before in years
         if plan.in_service[k, before, t]] for t in years]
    limit = (plan.max_utilization * plan.base_capacity).tolist()
    credit_users = plan.column("credit_users").tolist()
    for r, (demand, organic) in enumerate(zip(plan.demand.tolist(), plan.organic.tolist())):
        build, adoption, enrol, served, trading = (
            v[family][r] for family in ("build", "adoption", "enrol", "served", "trading"))
        for t in years:
            model.add_row(
                [demand[t]] + [c for *_, c in usable[t]], [served[t]] + [build[k, before] for k, before, _ in usable[t]],
                None, limit[r][t])
            kept = [-plan.retention ** (t - before) for before in range(t + 1)]
            model.add_row(
                [1.0] + kept * len(plan.steps), [served[t], *adoption[:, : t + 1].ravel()], None, organic[t])
            model.add_row([1.0, -1.0], [trading[t], served[t]], None, 0)
            model.add_row([1.0] + [-1.0] * (t + 1), [trading[t], *enrol[: t + 1]], None, credit_users[r])
            if np.isfinite(plan.build_limit[r]):
                model.add_row([1.0] * len(build), build[:, t].tolist(), None, float(plan.build_limit[r]))
        for s, most in enumerate(plan.winnable[r].tolist()):
            model.add_row([1.0] * plan.years, adoption[s].tolist(), None, most)


def add_coupling(model):
    plan, spending = model.plan, model.plan.spending()
    for last, limit in plan.budget_limits():
        until = np.arange(plan.years) <= last
        counted = type(spending)(**{family: part * until for family, part in spending.parts().items()})
        model.add_row(*model.total(counted), None, limit)
    for _, expression, lower, upper in plan.rules():
        sides = (lower if np.isfinite(lower) else None, upper if np.isfinite(upper) else None)
        model.add_row(*model.total(expression), *sides)


def main():
    plan = Plan(sys.argv[1])
    solver = {"highs": "appsi_highs", "glpk": "glpk"}[sys.argv[2]]
    model = Model(plan)
    add_regions(model)
    add_coupling(model)
    coefficients, variables = model.total(plan.objective)
    model.model.objective = pyo.Objective(
        expr=LinearExpression(linear_coefs=coefficients, linear_vars=variables), sense=pyo.maximize)
    plan.phase("formulate")
    result = pyo.SolverFactory(solver).solve(model.model)
    if result.solver.termination_condition != pyo.TerminationCondition.optimal:
        sys.exit(f"Pyomo: {result.solver.termination_condition}")
    plan.phase("solve")
    plan.finish(**{family: model.values(family) for family in model.shapes})


main()
