"""What every app may use: errors, queues, text. Imports no app."""
