"""The plan in linopy, solved by HiGHS without a file between them."""

import sys

import linopy
import numpy as np
import xarray as xr

from planmodel import Plan

AXES = {
    "build": ("region", "technology", "year"), "adoption": ("region", "step", "year"), "enrol": ("region", "year"),
    "served": ("region", "year"), "trading": ("region", "year")}


def variables(model, plan):
    size = {
        "region": plan.regions, "technology": len(plan.technologies), "step": len(plan.steps), "year": plan.years}
    coords = {axis: range(length) for axis, length in size.items()}
    upper = {
        "build": np.where(plan.buildable, np.inf, 0.0) + np.zeros((plan.regions, 1, 1)),
        "served": np.repeat(plan.potential[:, None], plan.years, axis=1)}
    return {
        family: model.add_variables(
            lower=0, upper=xr.DataArray(upper[family], dims=axes) if family in upper else np.inf,
            coords={axis: coords[axis] for axis in axes}, dims=axes, name=family)
        for family, axes in AXES.items()}


def total(decisions, expression):
    """One linear expression over all regions and years."""
    parts = [
        (xr.DataArray(part, dims=AXES[family]) * decisions[family]).sum() for family, part in expression.parts().items()]
    return sum(parts[1:], parts[0])


def add_regions(model, plan, decisions):
    def by_region(array):
        return xr.DataArray(array, dims=("region", "year"))

    build, adoption = decisions["build"], decisions["adoption"]
    served, trading = decisions["served"], decisions["trading"]
    # What was bought until a year is a sum of its own axis `paid`: HiGHS is quicker with the sums than with columns
    # for them.
    won, now = np.arange(plan.years)[:, None], np.arange(plan.years)[None, :]
    until = xr.DataArray((won <= now).astype(float), dims=("paid", "year"))
    kept = xr.DataArray(np.where(won <= now, plan.retention ** np.maximum(now - won, 0), 0.0), dims=("paid", "year"))
    in_service = xr.DataArray(plan.in_service.astype(float), dims=("technology", "paid", "year"))
    paid = {family: decisions[family].rename(year="paid") for family in ("build", "adoption", "enrol")}
    built = (plan.max_utilization * in_service * paid["build"]).sum(["technology", "paid"])
    model.add_constraints(
        by_region(plan.demand) * served - built <= by_region(plan.max_utilization * plan.base_capacity), name="use")
    model.add_constraints(
        served - (kept * paid["adoption"]).sum(["step", "paid"]) <= by_region(plan.organic), name="demand")
    model.add_constraints(
        adoption.sum("year") <= xr.DataArray(plan.winnable, dims=("region", "step")), name="steps")
    limited = np.flatnonzero(np.isfinite(plan.build_limit))
    if limited.size:
        model.add_constraints(
            build.sel(region=limited).sum("technology")
            <= xr.DataArray(plan.build_limit[limited], dims="region"), name="build limit")
    model.add_constraints(trading - served <= 0, name="trading")
    model.add_constraints(
        trading - (until * paid["enrol"]).sum("paid") <= xr.DataArray(plan.column("credit_users"), dims="region"), name="credit")


def add_coupling(model, plan, decisions):
    spending = plan.spending()
    for number, (last, limit) in enumerate(plan.budget_limits()):
        until = np.arange(plan.years) <= last
        counted = type(spending)(**{family: part * until for family, part in spending.parts().items()})
        model.add_constraints(total(decisions, counted) <= limit, name=f"budget {number}")
    for name, expression, lower, upper in plan.rules():
        measure = total(decisions, expression)
        if np.isfinite(lower):
            model.add_constraints(measure >= lower, name=f"{name}, at least")
        else:
            model.add_constraints(measure <= upper, name=f"{name}, at most")


def main():
    plan = Plan(sys.argv[1])
    model = linopy.Model()
    decisions = variables(model, plan)
    add_regions(model, plan, decisions)
    add_coupling(model, plan, decisions)
    model.add_objective(total(decisions, plan.objective), sense="max")
    plan.phase("formulate")
    status, condition = model.solve("highs", io_api="direct", output_flag=False, progress=False)
    if condition != "optimal":
        sys.exit(f"linopy: {status}, {condition}")
    plan.phase("solve")
    plan.finish(**{
        family: decisions[family].solution.transpose(*axes).values for family, axes in AXES.items()})


main()
