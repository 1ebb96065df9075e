using System.Text.Json;

namespace BlazorAgents.Emulator.Responses;

/// <summary>How far a response has come.</summary>
internal sealed record ResponseState(
    string Status,
    IReadOnlyList<JsonElement> Output,
    ResponseUsage? Usage = null,
    (string Code, string Message)? Error = null,
    string? IncompleteReason = null,
    long? CompletedAt = null)
{
    public bool IsFinal => Status is "completed" or "failed" or "cancelled" or "incomplete";
}
