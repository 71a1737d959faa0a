"""What an editor has of a report → the draft of its folder.

In this order: capture (web_page, word_file, counting) reads a file; lines, title, chrome, bounds find the report in it;
In this order: capture (web_page, word_file, counting) reads a file; lines, title, chrome, bounds find the report in it;
"""
