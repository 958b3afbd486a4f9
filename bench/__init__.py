"""The benchmarks: every figure beside its floor or its budget, measured in the same run. `python -m bench --help`."""
