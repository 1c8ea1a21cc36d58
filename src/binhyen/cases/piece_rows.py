"""Rows of files that come in pieces."""

from django.db import models


class FilePiece(models.Model):
    """A part of a file on its way into a report being written, or into a case whose reporter adds to it.

    Sealed under the key of that draft or case, and gone with it.
    """

    draft = models.ForeignKey("cases.ReportDraft", null=True, on_delete=models.CASCADE, related_name="pieces")
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.CASCADE, related_name="pieces")
    upload = models.CharField(max_length=32)
    """Which file: 32 hex digits the browser makes from its bytes, so that choosing it again goes on."""
    offset = models.PositiveIntegerField()
    size_bytes = models.PositiveIntegerField()
    sealed = models.BinaryField()
    file = models.ForeignKey("cases.CaseFile", null=True, on_delete=models.CASCADE, related_name="+")
    """The whole file, in the one row that is left when every piece was there."""
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "upload", "offset"], name="one_piece_of_a_file"),
            models.UniqueConstraint(fields=["case", "upload", "offset"], name="one_piece_of_an_addition"),
            models.CheckConstraint(
                condition=models.Q(draft=None, case__isnull=False) | models.Q(draft__isnull=False, case=None),
                name="piece_of_a_draft_or_a_case",
            ),
        ]
        indexes = [models.Index(fields=["kept_at"], condition=models.Q(draft=None), name="piece_ageing")]

    def __str__(self) -> str:
        return f"piece {self.pk}"
