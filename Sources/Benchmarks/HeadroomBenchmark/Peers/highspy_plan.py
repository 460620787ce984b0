"""The plan by HiGHS through highspy: the matrix is put together with numpy and passed in one call."""

import sys

import highspy
import numpy as np
from scipy import sparse

from planmodel import Plan


class Columns:
    """Where each family of decisions stands among the columns."""

    def __init__(self, plan):
        n, years = plan.regions, plan.years
        self.shapes = {
            "build": (n, len(plan.technologies), years), "adoption": (n, len(plan.steps), years),
            "enrol": (n, years), "served": (n, years), "trading": (n, years)}
        self.index, self.count = {}, 0
        for family, shape in self.shapes.items():
            size = int(np.prod(shape))
            self.index[family] = self.count + np.arange(size).reshape(shape)
            self.count += size

    def vector(self, expression):
        row = np.zeros(self.count)
        for family, part in expression.parts().items():
            row[self.index[family].ravel()] = part.ravel()
        return row

    def split(self, values):
        return {family: values[index] for family, index in self.index.items()}


class Rows:
    """Collects blocks of rows as triplets."""

    def __init__(self):
        self.parts, self.lower, self.upper, self.count = [], [], [], 0

    def add(self, shape, terms, lower, upper):
        """One row for each element of `shape`; `terms` are (columns, coefficients, axes of the row they stand in)."""
        row = self.count + np.arange(int(np.prod(shape))).reshape(shape)
        for columns, coefficients, rows in terms:
            columns, coefficients, rows = np.broadcast_arrays(columns, coefficients, rows(row))
            held = coefficients != 0
            self.parts.append((rows[held], columns[held], coefficients[held]))
        self.lower.append(np.broadcast_to(lower, shape).ravel())
        self.upper.append(np.broadcast_to(upper, shape).ravel())
        self.count += row.size

    def matrix(self, columns):
        rows, cols, values = (np.concatenate(part) for part in zip(*self.parts))
        matrix = sparse.csc_matrix((values, (rows, cols)), shape=(self.count, columns))
        return matrix, np.concatenate(self.lower), np.concatenate(self.upper)


def add_regions(plan, at, rows):
    n, years, inf = plan.regions, plan.years, np.inf
    # Use: d·x − max_utilization · (capacity built and in service) ≤ max_utilization · base capacity.
    usable = -plan.max_utilization * plan.in_service[None].astype(float)
    rows.add((n, years), [
        (at["served"], plan.demand, lambda row: row),
        (at["build"][:, :, :, None], usable, lambda row: row[:, None, None, :]),
    ], -inf, plan.max_utilization * plan.base_capacity)
    # Demand: x − users won and kept ≤ organic users.
    won, now = np.arange(years)[:, None], np.arange(years)[None, :]
    kept = np.where(won <= now, -plan.retention ** np.maximum(now - won, 0), 0.0)
    rows.add((n, years), [
        (at["served"], 1.0, lambda row: row),
        (at["adoption"][:, :, :, None], kept[None, None], lambda row: row[:, None, None, :]),
    ], -inf, plan.organic)
    rows.add(plan.winnable.shape, [(at["adoption"], 1.0, lambda row: row[:, :, None])], -inf, plan.winnable)
    limited = np.isfinite(plan.build_limit)
    rows.add((int(limited.sum()), years), [
        (at["build"][limited], 1.0, lambda row: row[:, None, :]),
    ], -inf, plan.build_limit[limited][:, None])
    # Credit: v ≤ x, v ≤ enrolled users.
    rows.add((n, years), [(at["trading"], 1.0, lambda row: row), (at["served"], -1.0, lambda row: row)], -inf, 0.0)
    rows.add((n, years), [
        (at["trading"], 1.0, lambda row: row),
        (at["enrol"][:, :, None], np.where(won <= now, -1.0, 0.0)[None], lambda row: row[:, None, :]),
    ], -inf, plan.column("credit_users")[:, None])


def add_coupling(plan, columns, rows):
    spending = columns.vector(plan.spending())
    year = np.empty(columns.count, int)
    for index in columns.index.values():
        year[index] = np.arange(plan.years)
    everything = np.arange(columns.count)
    for last, limit in plan.budget_limits():
        rows.add((1,), [(everything, np.where(year <= last, spending, 0.0), lambda row: row)], -np.inf, limit)
    for _, expression, lower, upper in plan.rules():
        rows.add((1,), [(everything, columns.vector(expression), lambda row: row)], lower, upper)


def linear_program(plan, columns):
    rows = Rows()
    add_regions(plan, columns.index, rows)
    add_coupling(plan, columns, rows)
    matrix, lower, upper = rows.matrix(columns.count)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = columns.count, rows.count
    model.sense_, model.offset_ = highspy.ObjSense.kMaximize, plan.constant
    model.col_cost_ = columns.vector(plan.objective)
    model.col_lower_ = np.zeros(columns.count)
    most = np.full(columns.count, np.inf)
    most[columns.index["build"]] = np.where(plan.buildable, np.inf, 0.0)
    most[columns.index["served"]] = plan.potential[:, None]
    model.col_upper_ = most
    model.row_lower_, model.row_upper_ = lower, upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
    model.a_matrix_.value_ = matrix.data
    return model


def main():
    plan = Plan(sys.argv[1])
    columns = Columns(plan)
    model = linear_program(plan, columns)
    highs = highspy.Highs()
    highs.silent()
    highs.passModel(model)
    plan.phase("formulate")
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        sys.exit(f"HiGHS: {highs.modelStatusToString(highs.getModelStatus())}")
    values = np.array(highs.getSolution().col_value)
    plan.phase("solve")
    plan.finish(**columns.split(values))


if __name__ == "__main__":
    main()
