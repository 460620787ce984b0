"""An exported MPS file by HiGHS, as its own command reads and solves it."""

import json
import sys

import highspy

highs = highspy.Highs()
highs.silent()
highs.readModel(sys.argv[1])
highs.run()
if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
    sys.exit(f"HiGHS: {highs.modelStatusToString(highs.getModelStatus())}")
highs.writeSolution(sys.argv[2], 0)
print(json.dumps({"return": -highs.getInfo().objective_function_value}))
