namespace BlazorAgents.Emulator.Assistants;

/// <summary>A conversation that the server keeps. Changed under the store's lock only.</summary>
internal sealed class AssistantThread(string id, long createdAt)
{
    public string Id => id;

    public ToolResources Resources { get; set; } = ToolResources.None;

    public IReadOnlyDictionary<string, string> Metadata { get; set; } = new Dictionary<string, string>();

    /// <summary>Oldest first.</summary>
    public OrderedDictionary<string, ThreadMessage> Messages { get; } = [];

    /// <summary>Oldest first.</summary>
    public OrderedDictionary<string, Run> Runs { get; } = [];

    /// <summary>Bytes that its messages take of the server's room.</summary>
    public long Size { get; set; }

    public object Shape => new { id, @object = "thread", created_at = createdAt, tool_resources = Resources.Shape, metadata = Metadata };
}
