using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo;

/// <summary>A request as the rules see it: what is asked now, what was said before, what tools have answered.</summary>
internal sealed class Conversation
{
    // Rules look at the start and the end of long texts only, so that a hostile text costs no time.
    private const int HeadLength = 12_000;
    private const int TailLength = 4_000;

    private Conversation(ChatRequest request, IReadOnlyList<ChatTurn> turns, TimeProvider time)
    {
        (Request, Turns, Time) = (request, turns, time);
        Instructions = Clip(string.Join("\n", turns.Where(turn => turn.IsInstruction).Select(turn => turn.Text)));
        LastUser = Array.FindLastIndex([.. turns], turn => turn.Role == "user");
        Question = LastUser >= 0 ? Clip(turns[LastUser].Text).Trim() : "";
        Images = LastUser >= 0 ? turns[LastUser].Images : 0;
        EarlierUserTexts = [.. turns.Take(Math.Max(0, LastUser)).Where(turn => turn.Role == "user").Select(turn => Clip(turn.Text)).Reverse()];
        AllSteps = ToolStep.From(turns, 0);
        Steps = ToolStep.From(turns, LastUser + 1);
    }

    public ChatRequest Request { get; }

    public IReadOnlyList<ChatTurn> Turns { get; }

    public TimeProvider Time { get; }

    public string Instructions { get; }

    /// <summary>Index of the last user message, or -1.</summary>
    public int LastUser { get; }

    /// <summary>Text of the last user message.</summary>
    public string Question { get; }

    /// <summary>Pictures in the last user message.</summary>
    public int Images { get; }

    /// <summary>User messages before the last, newest first.</summary>
    public IReadOnlyList<string> EarlierUserTexts { get; }

    /// <summary>Answered tool calls of the whole conversation, oldest first.</summary>
    public IReadOnlyList<ToolStep> AllSteps { get; }

    /// <summary>Answered tool calls since the last user message.</summary>
    public IReadOnlyList<ToolStep> Steps { get; }

    /// <summary>The assistant's last text before the last user message, or empty.</summary>
    public string LastAnswer => Turns.Take(Math.Max(0, LastUser)).LastOrDefault(turn => turn.Role == "assistant" && turn.Text.Length > 0)?.Text ?? "";

    public static Conversation Of(ChatRequest request, TimeProvider time) => new(request, request.Messages, time);

    /// <summary>The conversation as it was after its first messages.</summary>
    public Conversation Until(int count) => new(Request, [.. Turns.Take(count)], Time);

    /// <summary>The conversation as it was when the user message before the last one was asked, or null.</summary>
    public Conversation? BeforeQuestion()
    {
        var previous = Array.FindLastIndex([.. Turns.Take(Math.Max(0, LastUser))], turn => turn.Role == "user");
        return previous < 0 ? null : Until(previous + 1);
    }

    private static string Clip(string text) =>
        text.Length <= HeadLength + TailLength ? text : text[..HeadLength] + "\n" + text[^TailLength..];
}
