"""Doors of papers, and of a person's own letters and notices."""

from django.urls import path

from records.web import letters, paper, paper_files, papers

C = "papers/<reference:case>/"
D = "documents/<reference:document>/"
V = D + "<int:version>/"

app_name = "records"
urlpatterns = [
    path("letters/", letters.letters, name="letters"),
    path("letters/notices/", letters.notices, name="notices"),
    path("letters/<reference:letter>/", letters.letter, name="letter"),
    path("letters/<reference:letter>/letter.pdf", letters.letter_pdf, name="letter_pdf"),
    path(C, papers.papers, name="papers"),
    path(C + "add/", papers.add_papers, name="add_papers"),
    path(C + "progress/", papers.papers_progress, name="papers_progress"),
    path(D, paper.paper, name="paper"),
    path(D + "replace/", paper.replace_paper, name="replace_paper"),
    path(D + "redacted-copy/", paper.add_redacted_copy, name="add_redacted_copy"),
    path(D + "mark/", paper.mark_paper, name="mark_paper"),
    path(D + "remove/", paper.remove_paper, name="remove_paper"),
    path(V + "file/", paper_files.paper_file, name="paper_file"),
    path(V + "pages/<int:page>/", paper_files.paper_preview, name="paper_preview"),
    path(V + "pages/<int:page>.png", paper_files.paper_picture, name="paper_picture"),
]
