"""The pages of the walk as anywidgets. A notebook calls one function of `steps`; nothing else here is for callers."""
