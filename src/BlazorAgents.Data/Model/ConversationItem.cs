namespace BlazorAgents.Data;

/// <summary>One thing of an answer, in order; see <see cref="ItemPayload"/> for what it holds.</summary>
public sealed class ConversationItem
{
    /// <summary>Version 7 UUID.</summary>
    public Guid Id { get; init; }

    /// <summary>The run it belongs to.</summary>
    public Guid RunId { get; init; }

    /// <summary>The conversation, for queries.</summary>
    public Guid ConversationId { get; init; }

    /// <summary>The place in its run, from 0.</summary>
    public int Seq { get; init; }

    /// <summary>What it is.</summary>
    public ItemKind Kind { get; init; }

    /// <summary>JSON of an <see cref="ItemPayload"/>.</summary>
    public required string Payload { get; set; }

    /// <summary>False while more may come.</summary>
    public bool IsComplete { get; set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}
