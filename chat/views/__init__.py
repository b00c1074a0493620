"""The pages of chat: they ask selectors, call one service, and render."""
