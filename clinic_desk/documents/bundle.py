"""Several papers as one, in their order: for one print job or one file. Each stays as it is."""

import io
from collections.abc import Sequence

from clinic_desk.errors import DocumentFailed


def joined(papers: Sequence[bytes]) -> bytes:
    """The pages of all papers, one paper after another."""
    if len(papers) == 1:
        return papers[0]
    # 100 ms, and only a batch needs it
    from pypdf import PdfWriter
    from pypdf.errors import PyPdfError

    writer = PdfWriter()
    try:
        for one in papers:
            writer.append(io.BytesIO(one), import_outline=False)
        out = io.BytesIO()
        writer.write(out)
    except PyPdfError as error:
        raise DocumentFailed("The papers could not be put into one file.") from error
    return out.getvalue()
