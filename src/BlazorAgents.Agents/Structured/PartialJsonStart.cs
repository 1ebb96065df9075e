namespace BlazorAgents.Agents.Structured;

/// <summary>Where a document begins in a text.</summary>
public enum PartialJsonStart
{
    /// <summary>With the first character: the text is the document, which may be a bare string, number or literal.</summary>
    First,

    /// <summary>At the first object or list; prose and Markdown fences before it are skipped.</summary>
    Anywhere,

    /// <summary>At the first object; prose, Markdown fences and brackets before it are skipped.</summary>
    AnywhereObject,
}
