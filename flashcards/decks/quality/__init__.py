"""The authoring rules that `check --quality` applies."""
