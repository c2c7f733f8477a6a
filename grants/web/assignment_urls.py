"""Doors around the assignment of reviewers."""

from django.urls import path

from grants.web import assignment_board, assignment_changes, panel_reviews

A = "staff/competitions/<reference:competition>/assignment/"
R = "staff/competitions/<reference:competition>/reviews/"

urlpatterns = [
    path(A, assignment_board.assignment, name="assignment"),
    path(A + "run/", assignment_board.run, name="run_assignment"),
    path(A + "runs/<reference:run>/use/", assignment_board.use_run, name="use_run"),
    path(A + "undo/", assignment_board.undo, name="undo_board"),
    path(A + "release/", assignment_board.release, name="release_assignments"),
    path(A + "remind/", assignment_changes.remind, name="remind_reviewers"),
    path(A + "proposals/<reference:proposal>/", assignment_changes.change, name="board_change"),
    path(
        A + "<reference:assignment>/replace/", assignment_changes.replace, name="replace_reviewer"
    ),
    path(R, panel_reviews.panel_reviews, name="panel_reviews"),
    path(R + "<reference:proposal>/", panel_reviews.discussion, name="chair_discussion"),
    path(R + "<reference:proposal>/open/", panel_reviews.open_talk, name="open_discussion"),
    path(R + "<reference:proposal>/close/", panel_reviews.close_talk, name="close_discussion"),
    path(R + "<reference:proposal>/say/", panel_reviews.say, name="chair_says"),
    path(R + "<reference:proposal>/lock/", panel_reviews.lock, name="lock_scores"),
]
