using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BlazorAgents.Data.Configurations;

internal sealed class ApprovalRuleConfiguration : IEntityTypeConfiguration<ApprovalRule>
{
    public void Configure(EntityTypeBuilder<ApprovalRule> builder)
    {
        builder.Property(r => r.Name).HasMaxLength(120);
        builder.Property(r => r.Effect).HasConversion<string>().HasMaxLength(10);
        builder.Property(r => r.Decider).HasConversion<string>().HasMaxLength(30);
        builder.Property(r => r.ToolPattern).HasMaxLength(128);
        builder.Property(r => r.AgentId).HasMaxLength(64);
        builder.Property(r => r.Role).HasMaxLength(20);
    }
}
