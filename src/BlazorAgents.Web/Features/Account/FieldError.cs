namespace BlazorAgents.Web.Features.Account;

/// <summary>What is wrong with one field of a form; an empty field name means the form as a whole.</summary>
public sealed record FieldError(string Field, string Message);
