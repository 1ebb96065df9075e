using Sdk = OpenAI.Assistants;

namespace BlazorAgents.OpenAI.Assistants;

/// <summary>What a request adds to a thread.</summary>
/// <param name="Messages">The messages, oldest first.</param>
/// <param name="Instructions">System messages of the request, which a thread cannot hold; null without any.</param>
/// <param name="UploadedFileIds">Files that were uploaded for these messages.</param>
internal sealed record ThreadInput(
    IReadOnlyList<Sdk.ThreadInitializationMessage> Messages, string? Instructions, IReadOnlyList<string> UploadedFileIds);
