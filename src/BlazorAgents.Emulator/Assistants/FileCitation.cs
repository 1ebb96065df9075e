namespace BlazorAgents.Emulator.Assistants;

/// <summary>An annotation: the mark in the text (from Start to End) stands for a file that was read or, as a path, for one that code wrote.</summary>
internal sealed record FileCitation(string Mark, string FileId, bool IsPath, int Start, int End)
{
    public object Shape => IsPath
        ? new { type = "file_path", text = Mark, file_path = new { file_id = FileId }, start_index = Start, end_index = End }
        : new { type = "file_citation", text = Mark, file_citation = new { file_id = FileId }, start_index = Start, end_index = End };

    public object DeltaShape(int index) => IsPath
        ? new { index, type = "file_path", text = Mark, file_path = new { file_id = FileId }, start_index = Start, end_index = End }
        : new { index, type = "file_citation", text = Mark, file_citation = new { file_id = FileId }, start_index = Start, end_index = End };
}
