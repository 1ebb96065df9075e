using System.Text.Json;
using BlazorAgents.OpenAI.Providers;
using BlazorAgents.Testing.Fakes;

namespace BlazorAgents.OpenAI.Tests.Behaviours;

/// <summary>
/// The specification's examples of one client type's wire, and what they say. Streams are shortened there ("..."), and so is what is
/// read of them. Where the specification has no example of a failure, its event was made from the one before it.
/// </summary>
internal sealed record Recording
{
    /// <summary>The example of a whole answer, its text's beginning, and its tokens.</summary>
    public required (string File, string Said, int Input, int Output) Answer { get; init; }

    /// <summary>The example of a stream, and what is left of its text.</summary>
    public required (string File, string Said) Stream { get; init; }

    /// <summary>The example of an answer about an image.</summary>
    public required (string File, string Said) Image { get; init; }

    /// <summary>The example of a call, and where the weather is asked for.</summary>
    public required (string File, string Location) Call { get; init; }

    /// <summary>An answer to a call's result.</summary>
    public required (string File, string Said) AfterCall { get; init; }

    /// <summary>A stream that fails.</summary>
    public required string Failure { get; init; }

    /// <summary>The member of the stream's events that holds a piece of text, and the pieces.</summary>
    public required (string Member, string[] Pieces) Pieces { get; init; }

    /// <summary>The text that the stream repeats at its end; null where it does not.</summary>
    public string? Repeated { get; init; }

    public static Recording Of(ClientType type) => type switch
    {
        ClientType.Chat => new Recording
        {
            Answer = ("chat-text.json", "Hello! How can I assist you today?", 19, 10),
            Stream = ("chat-stream.txt", "Hello"),
            Image = ("chat-image.json", "The image shows a wooden boardwalk"),
            Call = ("chat-tools.json", "Boston, MA"),
            AfterCall = ("chat-text.json", "Hello! How can I assist you today?"),
            Failure = "chat-failed.txt",
            Pieces = ("content", ["Hello"]),
        },
        ClientType.AssistantsApi => new Recording
        {
            Answer = ("runs-stream.txt", "Hello today?", 20, 11), // it answers in streams only
            Stream = ("runs-stream.txt", "Hello today?"),
            Image = ("runs-stream.txt", "Hello today?"),
            Call = ("runs-tools.txt", "San Francisco, CA"),
            AfterCall = ("runs-tool-outputs.txt", "The current weather sunny."),
            Failure = "runs-failed.txt",
            Pieces = ("value", ["Hello", " today", "?"]),
            Repeated = "Hello! How can I assist you today?",
        },
        _ => new Recording
        {
            Answer = ("responses-text.json", "In a peaceful grove beneath a silver moon", 36, 87),
            Stream = ("responses-stream.txt", "Hi"),
            Image = ("responses-image.json", "The image depicts a scenic landscape with a wooden boardwalk"),
            Call = ("responses-tools.json", "Boston, MA"),
            AfterCall = ("responses-text.json", "In a peaceful grove beneath a silver moon"),
            Failure = "responses-failed.txt",
            Pieces = ("delta", ["Hi"]),
            Repeated = "Hi there! How can I assist you today?",
        },
    };

    /// <summary>The stream with another text.</summary>
    public string StreamOf(string text)
    {
        var stream = Read(Stream.File);
        foreach (var (index, piece) in Pieces.Pieces.Index())
        {
            stream = stream.Replace(Member(piece), Member(index == 0 ? text : ""), StringComparison.Ordinal);
        }

        return Repeated is null ? stream : stream.Replace(JsonSerializer.Serialize(Repeated), JsonSerializer.Serialize(text), StringComparison.Ordinal);

        string Member(string value) => $"\"{Pieces.Member}\":{JsonSerializer.Serialize(value)}";
    }

    /// <summary>An example as it stands; braces too many were taken out of those of the runs.</summary>
    public static string Read(string file)
    {
        using var stream = typeof(Recording).Assembly.GetManifestResourceStream("Recorded/" + file)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>An example as an answer: JSON, or the events that were not left out.</summary>
    public static HttpResponseMessage Play(string text)
    {
        if (text.StartsWith("{\n", StringComparison.Ordinal))
        {
            return FakeHttpHandler.Json(text);
        }

        var events = text.Trim().Split("\n\n").Where(e => e.Trim('.').Length > 0);
        return text.StartsWith('{')
            ? FakeHttpHandler.Sse([.. events]) // the example of chat leaves "data:" and the end out
            : FakeHttpHandler.RawSse(System.Text.Encoding.UTF8.GetBytes(string.Concat(events.Select(e => e + "\n\n"))));
    }
}
