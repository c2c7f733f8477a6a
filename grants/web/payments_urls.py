"""Doors of payments."""

from django.urls import path

from grants.web import payment_desk, payment_files, payments, staff_payments

A = "awards/<reference:award>/payments/"
P = A + "<reference:payment>/"
S = "staff/awards/<reference:award>/payments/"
Q = S + "<reference:payment>/"
D = "staff/payments/"
F = D + "files/<reference:file>/"

urlpatterns = [
    path(A, payments.payments, name="payments"),
    path(A + "new/", payments.new_payment, name="new_payment"),
    path(P, payments.payment, name="payment"),
    path(P + "edit/", payments.edit_payment, name="edit_payment"),
    path(P + "sign/", payments.sign_payment, name="sign_payment"),
    path(P + "withdraw/", payments.withdraw, name="withdraw_payment"),
    path(S, staff_payments.payments, name="staff_payments"),
    path(Q, staff_payments.payment, name="staff_payment"),
    path(Q + "progress/", staff_payments.review_progress, name="review_progress"),
    path(Q + "money/", staff_payments.review_money, name="review_money"),
    path(Q + "certify/", staff_payments.certify, name="certify_payment"),
    path(Q + "return/", staff_payments.give_back, name="return_payment"),
    path(Q + "hold/", staff_payments.hold, name="hold_payment"),
    path(Q + "release/", staff_payments.release, name="release_payment"),
    path(Q + "refund/", staff_payments.refund, name="record_refund"),
    path(D, payment_desk.desk, name="payment_desk"),
    path(D + "files/", payment_files.files, name="payment_files"),
    path(D + "files/make/", payment_files.make_file, name="make_payment_file"),
    path(D + "results/", payment_files.results, name="payment_results"),
    path(F, payment_files.file, name="payment_file"),
    path(F + "payments.csv", payment_files.content, name="payment_file_content"),
    path(F + "reconcile/", payment_files.reconcile, name="reconcile_file"),
]
