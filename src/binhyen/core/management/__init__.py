"""Commands of the framework that the product answers itself."""
