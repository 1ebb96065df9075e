namespace BlazorAgents.Web.Markdown;

/// <summary>What holds a block's pieces together in the page.</summary>
public enum BlockShape
{
    /// <summary>Nothing: one piece that is the whole block.</summary>
    Html,

    /// <summary>A list; its pieces are items.</summary>
    List,

    /// <summary>A table in its scrolling region; the first piece is the head, the others are rows.</summary>
    Table,

    /// <summary>A code block with its bar; its pieces are runs of whole lines.</summary>
    Code,
}
