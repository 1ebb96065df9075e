using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>Everything the chat page shows except the words of an answer; replaced as a whole with each change.</summary>
public sealed record ChatState
{
    /// <summary>The conversation; made before its first message is sent.</summary>
    public required Guid ConversationId { get; init; }

    /// <summary>What the page shows.</summary>
    public required ChatPlace Place { get; init; }

    /// <summary>The agent that answers.</summary>
    public required AgentDefinition Agent { get; init; }

    /// <summary>The conversation's title, once it has one.</summary>
    public string? Title { get; init; }

    /// <summary>The model chosen for the conversation; null takes the default.</summary>
    public string? ModelId { get; init; }

    /// <summary>How the conversation reaches its model.</summary>
    public ConversationConnection Connection { get; init; } = ConversationConnection.Default;

    /// <summary>The tools of the next message.</summary>
    public ToolChoice Tools { get; init; } = ToolChoice.Default;

    /// <summary>The end of the shown path, oldest first.</summary>
    public IReadOnlyList<TurnView> Turns { get; init; } = [];

    /// <summary>There are turns before the first shown.</summary>
    public bool HasOlder { get; init; }

    /// <summary>Older turns are being read.</summary>
    public bool IsLoadingOlder { get; init; }

    /// <summary>A message is being saved.</summary>
    public bool IsSending { get; init; }

    /// <summary>The last answer is being written.</summary>
    public bool IsRunning { get; init; }

    /// <summary>The last answer waits for people's decisions.</summary>
    public bool IsWaiting { get; init; }

    /// <summary>A message was to be sent while the answer waits: the person is asked what is to become of it.</summary>
    public bool IsAskedWhatNext { get; init; }

    /// <summary>The last action that was refused or failed.</summary>
    public ChatNotice? Notice { get; init; }
}
