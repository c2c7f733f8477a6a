"""Papers as PDF: tagged (PDF/UA-1), made to last (PDF/A-2a), set by typst in a child process.

What people wrote goes in as data and comes out letter for letter: a template prints strings, it
never evaluates them. The child sees the templates' folder and nothing else, downloads nothing,
and has little time and memory.
"""

from records.typesetting.sheet import typeset

__all__ = ["typeset"]
