"""The chapters of a report, one a file: each tells a part of one region's round and computes nothing."""
