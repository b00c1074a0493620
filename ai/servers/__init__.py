"""The registry of model servers: what each offers, whether it answers, which model is the default."""
