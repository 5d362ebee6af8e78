"""What speed and memory cost: rupture beside the tools a person would otherwise use, in one run.

usage: python -m benchmarks [--only THEME] [--rounds N] [--quick] [--full] [--json FILE]
"""
