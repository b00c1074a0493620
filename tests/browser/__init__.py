"""The site as people use it: headless Chromium, real sockets, a scripted model."""
