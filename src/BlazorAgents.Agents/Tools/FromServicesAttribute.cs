namespace BlazorAgents.Agents.Tools;

/// <summary>The parameter is a service of the application: it is filled in and is not part of the schema.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FromServicesAttribute : Attribute;
