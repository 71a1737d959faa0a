"""What passes between the stages: a report's folder, the report, its edition, its finished files."""
