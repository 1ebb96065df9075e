namespace BlazorAgents.Emulator.Assistants;

/// <summary>An annotation: the mark in the text (from Start to End) stands for a place in a file.</summary>
internal sealed record FileCitation(string Mark, string FileId, int Start, int End)
{
    public object Shape => new { type = "file_citation", text = Mark, file_citation = new { file_id = FileId }, start_index = Start, end_index = End };

    public object DeltaShape(int index) => new { index, type = "file_citation", text = Mark, file_citation = new { file_id = FileId }, start_index = Start, end_index = End };
}
