"""Settings, one small file a topic; dev, test and prod put them together."""
