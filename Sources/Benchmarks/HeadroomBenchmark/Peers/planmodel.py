"""A plan folder as numpy arrays: the inputs of the model and its coefficients, for the Python stacks beside this file.

Axes: r region, k technology, s adoption step, t year (0 is the first planning year). Covers what the made-up plans
hold: no links, no modules, no overrides, one goal, rules without `each`.
"""

import json
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

DEFAULTS = {
    "operating_cost": 0.0, "use_growth": 0.0, "retirement": 0.0, "cost_factor": 1.0, "yearly_build_limit": np.inf,
    "commerce_revenue_per_user": 0.0, "credit_users": 0.0,
    "credit_reliability": 1.0, "credit_rating": 1.0, "credit_solvency": 1.0, "credit_character": 1.0,
    "credit_reputation": 1.0,
}


@dataclass
class Linear:
    """Coefficients of one linear expression over the decisions; None where a family takes no part."""

    build: np.ndarray | None = None      # [r, k, t]
    adoption: np.ndarray | None = None   # [r, s, t]
    enrol: np.ndarray | None = None      # [r, t]
    served: np.ndarray | None = None     # [r, t]
    trading: np.ndarray | None = None    # [r, t]

    def parts(self):
        return {name: part for name, part in vars(self).items() if part is not None}


def number(value):
    text = str(value)
    return float(text[:-1]) / 100 if text.endswith("%") else float(text)


class Plan:
    def __init__(self, folder):
        started = time.perf_counter()
        self.folder = Path(folder)
        self.settings = yaml.load((self.folder / "plan.yaml").read_text(), yaml.CSafeLoader)
        self.table = pd.read_csv(self.folder / "regions.csv")
        self.technologies = pd.read_csv(self.folder / "technologies.csv")
        for column, default in DEFAULTS.items():
            given = self.table[column] if column in self.table else pd.Series(default, self.table.index)
            self.table[column] = given.fillna(default)
        self.base_year = int(self.settings["base_year"])
        self.years = int(self.settings["years"])
        self.regions = len(self.table)
        self.steps = self.settings["adoption"]["steps"]
        self.retention = number(self.settings["adoption"]["retention"])
        self.max_utilization = number(self.settings["max_utilization"])
        self._derive_demand()
        self._derive_supply()
        self._derive_costs()
        self.objective, self.constant = self._net_present_value()
        self.seconds = {"read": time.perf_counter() - started}
        self._last = time.perf_counter()

    def column(self, name):
        return self.table[name].to_numpy(float)

    def phase(self, name):
        now = time.perf_counter()
        self.seconds[name] = now - self._last
        self._last = now

    # ------------------------------------------------------------------ inputs by year

    def _derive_demand(self):
        t = np.arange(1, self.years + 1)
        users, potential, growth = (self.column(c)[:, None] for c in ("users", "potential_users", "demand_growth"))
        exponential = np.minimum(potential, users * (1 + growth) ** t)
        with np.errstate(all="ignore"):
            ratio = (potential / (users * (1 + growth)) - 1) / (potential / users - 1)
            logistic = potential / (1 + (potential / users - 1) * ratio ** t)
        curved = (growth > 0) & (users > 0) & (users * (1 + growth) < potential)
        is_logistic = self.settings.get("growth") == "logistic"
        self.organic = np.where(curved & is_logistic, logistic, exponential)
        self.potential = potential[:, 0]
        self.winnable = np.array([number(s["share"]) for s in self.steps]) * (potential - users)
        demand = (self.column("capacity") - self.column("idle_capacity")) / self.column("users")
        self.demand = demand[:, None] * (1 + self.column("use_growth")[:, None]) ** t

    def _derive_supply(self):
        t = np.arange(1, self.years + 1)
        self.base_capacity = self.column("capacity")[:, None] * (1 - self.column("retirement")[:, None]) ** t
        self.build_limit = self.column("yearly_build_limit")
        lead = self.technologies["lead_time"].to_numpy()[:, None, None]
        life = self.technologies["lifetime"].to_numpy()[:, None, None]
        paid, now = t[None, :, None], t[None, None, :]
        # [k, paid, now]: whether capacity paid for in one year is in service in another.
        self.in_service = (paid + lead <= now) & (now < paid + lead + life)
        self.buildable = paid[:, :, 0] + lead[:, :, 0] <= self.years

    def _derive_costs(self):
        t = np.arange(1, self.years + 1)
        self.discount = (1 + number(self.settings["discount_rate"])) ** -t.astype(float)
        costs = self.technologies["build_cost"].to_numpy(float)
        self.build_cost = costs * self.column("cost_factor")[:, None]
        factors = np.array([number(s["cost_factor"]) for s in self.steps])
        self.adoption_cost = factors * self.column("adoption_cost")[:, None]
        self.credit_cost = self.column("credit_cost")
        score = self.table[[c for c in DEFAULTS if c.startswith("credit_") and c != "credit_users"]].mean(axis=1)
        self.commerce_revenue = score.to_numpy() * self.column("commerce_revenue_per_user")

    # ------------------------------------------------------------------ linear expressions

    def spread(self, coefficients):
        """The same coefficient in every year."""
        return np.repeat(coefficients[..., None], self.years, axis=-1)

    def spending(self):
        return Linear(
            build=self.spread(self.build_cost) * self.buildable, adoption=self.spread(self.adoption_cost),
            enrol=self.spread(self.credit_cost))

    def _net_present_value(self):
        """The objective, and its constant: the cost of keeping the base capacity running."""
        spending = self.spending()
        operating = self.technologies["operating_cost"].to_numpy(float)[:, None] * (self.in_service @ self.discount)
        first = np.arange(1, self.years + 1) + self.technologies["lead_time"].to_numpy()[:, None]
        life = self.technologies["lifetime"].to_numpy()[:, None]
        kept = np.maximum(0, 1 - (self.years - first + 1) / life) * self.discount[-1]
        build = spending.build * (kept - self.discount) - operating * self.buildable
        objective = Linear(
            build=build, adoption=-spending.adoption * self.discount, enrol=-spending.enrol * self.discount,
            served=self.column("revenue_per_user")[:, None] * self.discount,
            trading=self.commerce_revenue[:, None] * self.discount)
        constant = -(self.column("operating_cost") * (self.base_capacity @ self.discount)).sum()
        return objective, constant

    def do_nothing(self):
        """Net present value with zero spending."""
        served = np.minimum(self.organic, self.max_utilization * self.base_capacity / self.demand)
        trading = np.minimum(served, self.column("credit_users")[:, None])
        return (self.objective.served * served + self.objective.trading * trading).sum() + self.constant

    def budget_limits(self):
        """(last year counted, limit) of every budget row; a row sums spending from the first year on."""
        budget = self.settings["budget"]
        yearly = number(budget["yearly"])
        limits = [(t, (t + 1) * yearly) for t in range(self.years)] if budget.get("carry_over") else None
        if limits is None:
            raise NotImplementedError("yearly budgets without carry-over")
        return limits + [(self.years - 1, number(budget["total"]))]

    def rules(self):
        """(name, coefficients, lower, upper) of every rule."""
        for rule in self.settings.get("rules", []):
            for key in ("at_least", "at_most"):
                if key in rule:
                    expression, limit = self._rule(rule, rule[key])
                    lower, upper = (limit, np.inf) if key == "at_least" else (-np.inf, limit)
                    yield rule["name"], expression, lower, upper

    def _rule(self, rule, bound):
        inside = np.ones(self.regions, bool)
        for tag, value in rule.get("regions", {}).items():
            inside &= (self.table[tag] == value).to_numpy()
        years = np.ones(self.years, bool)
        if "years" in rule:
            first, last = rule["years"] if isinstance(rule["years"], list) else [rule["years"]] * 2
            calendar = self.base_year + np.arange(1, self.years + 1)
            years = (calendar >= first) & (calendar <= last)
        share = number(bound)
        is_share = str(bound).endswith("%") or rule["measure"] in ("service_level", "coverage")
        # Own part of the scope counts 1; of a share of all regions every region counts -share.
        limit, everywhere = (0.0, share) if is_share else (share, 0.0)
        if rule["measure"] == "coverage":
            limit, everywhere = share * self.potential[inside].sum() * years.sum(), 0.0
        elif rule["measure"] == "service_level":
            limit, everywhere = share * self.organic[inside][:, years].sum(), 0.0
        weight = (inside.astype(float) - everywhere)[:, None] * years
        return self._measure(rule, weight), limit

    def _measure(self, rule, weight):
        levers = rule.get("levers", ["build", "adoption", "credit"])
        by_product = weight[:, None, :]
        if rule["measure"] == "investment":
            spending = self.spending()
            return Linear(
                build=spending.build * by_product if "build" in levers else None,
                adoption=spending.adoption * by_product if "adoption" in levers else None,
                enrol=spending.enrol * weight if "credit" in levers else None)
        if rule["measure"] == "new_capacity":
            return Linear(build=by_product * self.buildable)
        return Linear(served=weight)

    # ------------------------------------------------------------------ result

    def finish(self, build, adoption, enrol, served, trading):
        """Writes the allocation and prints what the plan returns, and how long each phase took."""
        values = Linear(*(np.asarray(v, float) for v in (build, adoption, enrol, served, trading)))
        npv = sum((part * getattr(values, name)).sum() for name, part in self.objective.parts().items())
        spending = self.spending()
        pd.DataFrame({
            "region": self.table["region"],
            "build": (spending.build * values.build).sum(axis=(1, 2)),
            "adoption": (spending.adoption * values.adoption).sum(axis=(1, 2)),
            "credit": (spending.enrol * values.enrol).sum(axis=1),
            "new_capacity": values.build.sum(axis=(1, 2)),
            "users_served": values.served[:, -1],
        }).to_csv(self.folder / "allocation.csv", index=False)
        self.phase("write")
        seconds = {name: round(value, 4) for name, value in self.seconds.items()}
        print(json.dumps({"return": npv + self.constant - self.do_nothing(), "seconds": seconds}))
