"""A strict fake of Zalo's servers and a "resident's phone" page, for demonstrations, tests and benchmarks."""
