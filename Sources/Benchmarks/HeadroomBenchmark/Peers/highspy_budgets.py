"""The best return under many budgets by HiGHS: one model, whose budget rows are moved, solved from the last basis.

Prints the seconds that the solves took, and then a value a budget.
"""

import sys
import time

import highspy
import numpy as np

import highspy_plan
from planmodel import Plan


def main():
    plan = Plan(sys.argv[1])
    columns = highspy_plan.Columns(plan)
    model = highspy_plan.linear_program(plan, columns)
    # The budget rows stand first among the rows that join regions, and these come last.
    limits = [limit for _, limit in plan.budget_limits()]
    first = model.num_row_ - len(limits) - len(list(plan.rules()))
    highs = highspy.Highs()
    highs.silent()
    highs.passModel(model)
    values = []
    begin = time.perf_counter()
    # From the largest to the smallest, as it is given them.
    for factor in map(float, reversed(sys.argv[2:])):
        for index, limit in enumerate(limits):
            highs.changeRowBounds(first + index, -np.inf, factor * limit)
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            sys.exit(f"HiGHS: {highs.modelStatusToString(highs.getModelStatus())}")
        values.append(highs.getObjectiveValue() - plan.do_nothing())
    print(time.perf_counter() - begin)
    print(*reversed(values))


main()
