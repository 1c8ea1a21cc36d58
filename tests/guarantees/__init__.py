"""One file per guarantee."""
