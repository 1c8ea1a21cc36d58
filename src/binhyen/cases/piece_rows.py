"""Rows of files that come in pieces."""

from django.db import models


class FilePiece(models.Model):
    """A part of a file on its way into a report being written, under the draft's key; gone with the draft."""

    draft = models.ForeignKey("cases.ReportDraft", on_delete=models.CASCADE, related_name="pieces")
    upload = models.CharField(max_length=32)
    """Which file: 32 hex digits the browser makes from its bytes, so that choosing it again goes on."""
    offset = models.PositiveIntegerField()
    size_bytes = models.PositiveIntegerField()
    sealed = models.BinaryField()
    file = models.ForeignKey("cases.CaseFile", null=True, on_delete=models.CASCADE, related_name="+")
    """The whole file, in the one row that is left when every piece was there."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "upload", "offset"], name="one_piece_of_a_file")]

    def __str__(self) -> str:
        return f"piece {self.pk}"
