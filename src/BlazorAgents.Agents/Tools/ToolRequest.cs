using System.Text.Json;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Tools;

/// <summary>A call that passed the schema and may be carried out.</summary>
/// <param name="CallId">The model's id of the call, unique in the run.</param>
/// <param name="Tool">The tool.</param>
/// <param name="Arguments">The checked arguments, a JSON object.</param>
/// <param name="CanonicalArguments">The same as text: keys sorted, no white space, so that equal arguments are equal text.</param>
/// <param name="Decision">A person's decision when the call comes back from waiting; null otherwise.</param>
public sealed record ToolRequest(string CallId, AIFunction Tool, JsonElement Arguments, string CanonicalArguments, ToolDecision? Decision = null)
{
    /// <summary>The tool's name.</summary>
    public string Name => Tool.Name;
}
