"""What every app may use: errors, queues, clock, text. Imports no app."""
