using System.Text.Json;

namespace BlazorAgents.Emulator.Wire;

/// <summary>A function offered by the request; parameters are its JSON schema (undefined kind if it has none).</summary>
public sealed record ToolSpec(string Name, string Description, JsonElement Parameters);
