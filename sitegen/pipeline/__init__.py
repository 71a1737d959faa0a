"""The order of the stages for each report, one beside the other."""
