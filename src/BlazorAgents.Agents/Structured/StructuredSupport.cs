namespace BlazorAgents.Agents.Structured;

/// <summary>How a provider is told about the form of an answer. Whatever it is told, the answer is checked.</summary>
public enum StructuredSupport
{
    /// <summary>It takes a JSON Schema, and keeps to it strictly where the schema allows that.</summary>
    Schema,

    /// <summary>It can only be held to JSON of any form; the schema stands in the instructions.</summary>
    JsonObject,

    /// <summary>It cannot be held to anything; the schema stands in the instructions.</summary>
    Instructions,
}
