"""Reviews that write themselves: figures, texts, tasks and papers of one unit and one period."""
