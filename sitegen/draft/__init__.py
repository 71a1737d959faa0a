"""What an editor has of a report → the draft of its folder.

In this order: capture (web_page, word_file, counting) reads a file; lines, title, chrome, bounds find the report in it;
headings and addresses tell what is an item; said takes what the capture tells of the report; punctuation restores it;
split puts these together; files writes them as front matter and Markdown, figures lists the numbers in them; folder
proves the draft and puts it in place.
"""
