"""What an editor has of a report → the draft of its folder.

In this order: capture reads a file into its file_text, with web_source, web_page and web_lists, or word_file,
word_numbering and word_words, and counting; lines, title, chrome, furniture and bounds find the report in it;
candidates, aside, headings and addresses tell what is an item; said takes what the capture tells of the report;
punctuation restores it; split puts these together; files writes them as front matter and Markdown, figures lists the
numbers in them; folder proves the draft and puts it in place.
"""
