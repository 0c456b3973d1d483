"""Documents in: files read into blocks, blocks cut into statements that can be found again in their source."""
